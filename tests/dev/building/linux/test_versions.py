"""The versions of packages are put in order by the programs that install them."""

from __future__ import annotations

import shutil
import subprocess
from itertools import pairwise

import pytest

from devtools.building.linux.versions import package_version

IN_ORDER = ("0.9", "0.10.dev1", "0.10a1", "0.10b1", "0.10rc1", "0.10rc2", "0.10", "0.10.post1", "0.10.1", "1.0")


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="dpkg is a part of Debian and its descendants")
@pytest.mark.parametrize(("earlier", "later"), [*pairwise(IN_ORDER)])
def test_dpkg_orders_versions_as_python_does(earlier: str, later: str) -> None:
    subprocess.run(["dpkg", "--compare-versions", package_version(earlier), "lt", package_version(later)], check=True)


@pytest.mark.skipif(shutil.which("rpm") is None, reason="rpm is installed for builds alone")
@pytest.mark.parametrize(("earlier", "later"), [*pairwise(IN_ORDER)])
def test_rpm_orders_versions_as_python_does(earlier: str, later: str) -> None:
    compare = f'%{{lua: print(rpm.vercmp("{package_version(earlier)}", "{package_version(later)}"))}}'
    said = subprocess.run(["rpm", "--eval", compare], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "-1"


def test_a_released_version_stays_as_it_is() -> None:
    assert package_version("1.2.3") == "1.2.3"
