"""The address of every page. Who may open it stands with the view."""

from django.urls import path

from lotrinh.web.pages import account, desk, documents, drafts, duties, targets, unit_sheets, units

urlpatterns = [
    path("", units.home, name="home"),
    path("documents/", documents.document_list, name="documents"),
    path("documents/new/", documents.new_document, name="document-new"),
    path("documents/<uuid:uid>/", documents.document_page, name="document"),
    path("documents/<uuid:uid>/original/", documents.original, name="document-original"),
    path("documents/<uuid:uid>/desk/", desk.desk, name="desk"),
    path("documents/<uuid:uid>/read-again/", desk.read_again, name="read-again"),
    path("proposals/<uuid:uid>/accept/", desk.accept, name="proposal-accept"),
    path("proposals/<uuid:uid>/reject/", desk.reject, name="proposal-reject"),
    path("duties/", duties.duty_list, name="duties"),
    path("duties/<uuid:uid>/", duties.duty_page, name="duty"),
    path("duties/<uuid:uid>/issue/", duties.issue, name="duty-issue"),
    path("duties/<uuid:uid>/amend/", drafts.amend, name="duty-amend"),
    path("duties/<uuid:uid>/withdraw/", drafts.withdraw, name="duty-withdraw"),
    path("targets/", targets.target_list, name="targets"),
    path("targets/<uuid:uid>/", targets.target_page, name="target"),
    path("units/", units.unit_tree, name="units"),
    path("units/<uuid:uid>/", units.unit_page, name="unit"),
    path("units/import/", unit_sheets.import_page, name="units-import"),
    path("units/export.xlsx", unit_sheets.export, {"ending": "xlsx"}, name="units-export"),
    path("units/export.csv", unit_sheets.export, {"ending": "csv"}, name="units-export"),
    path("account/sign-in/", account.sign_in, name="account_login"),
    path("account/sign-out/", account.sign_out, name="account_logout"),
    path("language/", account.set_language, name="set_language"),
    path("roles/", account.roles, name="roles"),
]
