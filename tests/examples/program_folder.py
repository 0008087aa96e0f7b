"""What the tests of programs share that write files: a folder for the class, and in it one for each test.   (Python's
standard library only)"""

import tempfile
import unittest


class FolderTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.work = tempfile.TemporaryDirectory(dir=self.folder.name)
        self.addCleanup(self.work.cleanup)
