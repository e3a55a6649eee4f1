# Fills our site of Redmine with the units and duties of the other side: run by site.py once.
# A unit is a project below another, a duty an issue. Projects and people go through the models, so
# that rights are inherited as Redmine means them; the issues are written in bulk.
require 'csv'
require 'json'

SHARED = ENV.fetch('PEERS_SHARED')
STATUS = { 'done' => 'Closed', 'accepted' => 'In Progress', 'issued' => 'New',
           'claimed' => 'Resolved', 'cancelled' => 'Rejected' }.freeze
told = JSON.parse(File.read(File.join(SHARED, 'units.json')))

Setting.rest_api_enabled = '1'
Setting.login_required = '1'
Setting.per_page_options = '25,50,100'
Setting.default_projects_modules = ['issue_tracking']
Setting.default_projects_public = '0'
Setting.notified_events = []
Setting.text_formatting = 'common_mark'

def person(login, password, admin: false)
  user = User.new(firstname: 'Nguoi', lastname: login, mail: "#{login}@example.org",
                  language: 'en', admin: admin, mail_notification: 'none')
  user.login = login
  user.password = user.password_confirmation = password
  user.must_change_passwd = false
  user.save!
  user
end

readers = told['readers'].transform_values { |one| person(one['login'], told['password']) }
programs = person('giao-viec', told['password'], admin: true)
role = Role.find_by!(name: 'Manager')
tracker = Tracker.find_by!(name: 'Support')
by_unit = told['readers'].to_h { |name, one| [one['unit'], readers[name]] }

projects = []
told['units'].each_with_index do |unit, n|
  above = unit['parent'] && projects[unit['parent']].id
  project = Project.new(name: unit['name'], is_public: false, inherit_members: !above.nil?)
  project.identifier = "u#{n}"
  project.parent_id = above
  project.trackers = [tracker]
  project.enabled_module_names = ['issue_tracking']
  project.save!
  projects << project
  Member.create!(project: project, principal: by_unit[n], roles: [role]) if by_unit.key?(n)
end

status_ids = STATUS.transform_values { |name| IssueStatus.find_by!(name: name).id }
closed = IssueStatus.where(is_closed: true).pluck(:id)
priority = IssuePriority.default || IssuePriority.find_by!(name: 'Normal')
author = readers.fetch('root')
CSV.foreach(File.join(SHARED, 'duties.csv')).each_slice(2000) do |rows|
  Issue.insert_all!(rows.map do |unit, state, due, issued, updated, title|
    {
      project_id: projects[unit.to_i].id, tracker_id: tracker.id, subject: title,
      status_id: status_ids.fetch(state), priority_id: priority.id, author_id: author.id,
      assigned_to_id: author.id, due_date: due.presence, created_on: issued, updated_on: updated,
      start_date: issued, closed_on: closed.include?(status_ids[state]) ? updated : nil,
      lft: 1, rgt: 2, description: ''
    }
  end)
end
Issue.update_all('root_id = id')

File.write(File.join(SHARED, 'redmine.json'), {
  key: programs.api_key, tracker: tracker.id, projects: projects.map(&:id),
  statuses: IssueStatus.pluck(:name, :id).to_h, trackers: Tracker.pluck(:name, :id).to_h,
  versions: { redmine: Redmine::VERSION.to_s, rails: Rails.version, ruby: RUBY_VERSION }
}.to_json)
