"""maps.py gives each release a version node, and the linker puts each function under the node of its release."""

import os
import shutil
import subprocess
import tempfile
import unittest

import maps

# Two releases of both libraries and a third that is being made.
LISTED = {
    "function tw_old": ("0.2.0", "core void (void)"),
    "function tw_newer": ("0.3.1", "core void (void)"),
    "function tw_newest": ("next", "core void (void)"),
    "function tw_torch_old": ("0.2.0", "torch void (void)"),
    "enumerator TW_OLD": ("0.2.0", "core 0 of tw_kind"),
}
SOURCE = "void tw_old(void) {} void tw_newer(void) {} void tw_newest(void) {} void twi_private(void) {} void other(void) {}"


class Maps(unittest.TestCase):
    def test_the_linker_gives_each_function_the_version_of_its_release(self):
        with tempfile.TemporaryDirectory() as folder:
            source, script, library = (os.path.join(folder, name) for name in ("core.c", "core.map", "libcore.so"))
            for path, text in ((source, SOURCE), (script, maps.maps_of(LISTED, (0, 4, 2))["torch_warmup_core.map"])):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            subprocess.run([shutil.which("cc"), "-shared", "-fPIC", f"-Wl,--version-script={script}", "-o", library, source], check=True)
            self.assertEqual(maps.exported(library), {
                "tw_old": "TORCH_WARMUP_CORE_0.2",
                "tw_newer": "TORCH_WARMUP_CORE_0.3",
                "tw_newest": "TORCH_WARMUP_CORE_0.4",
                "twi_private": "TORCH_WARMUP_CORE_PRIVATE_0_4_2",
            })
            self.assertEqual(maps.wrong_nodes(LISTED, (0, 4, 2), [library]), [])
            unreleased = {**LISTED, "function tw_newer": ("0.2.0", "core void (void)")}
            self.assertEqual(maps.wrong_nodes(unreleased, (0, 4, 2), [library]),
                             ["tw_newer has the version TORCH_WARMUP_CORE_0.3, not TORCH_WARMUP_CORE_0.2"])

    def test_a_release_without_new_functions_keeps_the_nodes(self):
        shipped = {key: ("0.2.0", value) for key, (_, value) in LISTED.items()}
        self.assertIn("TORCH_WARMUP_0.2 {\n  global:\n    tw_*;", maps.maps_of(shipped, (0, 2, 1))["torch_warmup.map"])

    def test_functions_are_not_added_to_a_version_that_has_shipped(self):
        with self.assertRaisesRegex(SystemExit, "tw_newest is new, but 0.3 has shipped"):
            maps.maps_of(LISTED, (0, 3, 2))

    def test_the_headers_version_is_the_one_that_cmake_builds(self):
        root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
        with open(os.path.join(root, "CMakeLists.txt"), encoding="utf-8") as file:
            self.assertIn("VERSION {}.{}.{} ".format(*maps.version_of(os.path.join(root, "include"))), file.read())


if __name__ == "__main__":
    unittest.main()
