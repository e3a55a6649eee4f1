# Adds what the comparison of one act needs to our site of Redmine: 3,321 projects below one, each
# with the same member, to whom tasks can be given. Written in bulk; the tree is flat.
require 'json'

SHARED = ENV.fetch('PEERS_SHARED')
COMMUNES = 3321
unless Project.exists?(identifier: 'giao')
  tracker = Tracker.find_by!(name: 'Support')
  chair = User.new(firstname: 'Chu', lastname: 'tich', mail: 'chu-tich@example.org',
                   language: 'en', mail_notification: 'none')
  chair.login = 'chu-tich'
  chair.password = chair.password_confirmation = 'mot-mat-khau-dai'
  chair.save!
  root = Project.new(name: 'Giao', identifier: 'giao', is_public: false)
  root.trackers = [tracker]
  root.enabled_module_names = ['issue_tracking']
  root.save!
  now = Time.current
  first = root.reload.lft + 1
  Project.where('lft > ?', root.lft).update_all(['lft = lft + ?', 2 * COMMUNES])
  Project.where('rgt >= ?', root.rgt).update_all(['rgt = rgt + ?', 2 * COMMUNES])
  Project.insert_all!((0...COMMUNES).map do |n|
    { name: "Xa #{n}", identifier: "x#{n}", is_public: false, parent_id: root.id, status: 1,
      lft: first + (2 * n), rgt: first + (2 * n) + 1, created_on: now, updated_on: now }
  end)
  ids = Project.where(parent_id: root.id).order(:id).pluck(:id)
  EnabledModule.insert_all!(ids.map { |id| { project_id: id, name: 'issue_tracking' } })
  Project.connection.execute(
    'INSERT INTO projects_trackers (project_id, tracker_id) ' \
    "SELECT id, #{tracker.id} FROM projects WHERE parent_id = #{root.id}"
  )
  Member.insert_all!(ids.map { |id| { project_id: id, user_id: chair.id, created_on: now } })
  role = Role.find_by!(name: 'Manager').id
  members = Member.where(user_id: chair.id).pluck(:id)
  MemberRole.insert_all!(members.map { |id| { member_id: id, role_id: role } })
end
chair = User.find_by!(login: 'chu-tich')
projects = Project.where(parent_id: Project.find('giao').id).order(:id).pluck(:id)
File.write(File.join(SHARED, 'communes.json'), { assignee: chair.id, projects: projects }.to_json)
