"""One journey of a sheet: looked at, its good rows taken in, mended and sent again."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from lotrinh.apps.files.sheets import as_workbook, read_grid

pytestmark = pytest.mark.browser

HEAD = ("TT", "Mã đơn vị (*)", "Loại", "Tên đơn vị", "Mã cấp trên", "Từ ngày", "Ghi chú")
ROOT = "tp-ha-noi"
TITLE = ("DANH SÁCH TỔ CÔNG TÁC",)


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.slow), False])
def test_a_sheet_is_looked_at_taken_in_and_mended(visit, tmp_path: Path, scripts: bool) -> None:
    code = f"to-mau-{int(scripts)}"
    rows = [
        TITLE,
        HEAD,
        ("1", f"{code}-a", "Sở", "Tổ công tác số 1 (mẫu)", ROOT, "1/8/2024", "x"),
        ("2", f"{code}-b", "Sở", "Tổ công tác số 2 (mẫu)", "khong-co", "32/8/2024", ""),
        ("Tổng cộng", "", "", "2", "", "", ""),
    ]
    given = tmp_path / "don-vi.xlsx"
    given.write_bytes(as_workbook(rows, name="Đơn vị", head=1))
    visitor = visit(scripts=scripts)
    visitor.sign_in("to-chuc")
    visitor.speak("vi")
    page = visitor.page

    look_at(visitor, given)
    expect(page.locator(".lt-say")).to_contain_text("1 dòng chưa nhận được")
    if scripts:
        assert visitor.axe() == []
    page.locator("form button.usa-button:not(.usa-button--outline)").first.click()
    page.wait_for_load_state()
    with page.expect_download() as waited:
        page.locator(".lt-form__acts button.usa-button--outline").click()
    back = [list(row) for row in read_grid(waited.value.path().read_bytes(), "a.xlsx")]

    assert [row[-1][:20] for row in back] == [
        "",
        "Kết quả kiểm tra",
        "đã có trong hệ thống",
        "LỖI: Từ ngày: “32/8/",
        "",
    ]
    back[3][4:6] = ROOT, "2/8/2024"
    given.write_bytes(as_workbook(back, name="Đơn vị", head=1))
    look_at(visitor, given)
    expect(page.locator(".lt-say")).to_contain_text("0 dòng chưa nhận được")
    page.locator("form button.usa-button:not(.usa-button--outline)").first.click()
    page.wait_for_load_state()
    visitor.check()
    expect(page.locator(".lt-say")).to_contain_text("1 dòng")


def look_at(visitor, file: Path) -> None:
    """Hand a file in."""
    visitor.open("/units/import/")
    visitor.page.set_input_files("#id_file", file)
    visitor.page.locator("form[enctype] button[type=submit]").click()
    visitor.page.wait_for_load_state()
    visitor.check()


def test_units_are_offered_while_a_name_is_typed(visit) -> None:
    visitor = visit()
    visitor.sign_in("to-chuc")
    visitor.speak("vi")
    visitor.open("/rights/why/")
    page = visitor.page
    page.evaluate(
        "() => { const list = document.getElementById('units');"
        "list.dataset.suggest = '/units/names/'; list.replaceChildren(); }"
    )

    with page.expect_response("**/units/names/**"):
        page.locator("[list=units]").press_sequentially("go mit")

    expect(page.locator("#units option")).to_have_count(1)
    option = page.locator("#units option")
    expect(option).to_have_attribute("value", "Xã Gò Mít (mẫu)")
    expect(option).to_have_attribute("label", "go mit")
    visitor.check()
