"""Random numbers across the border: they go on there as they would have gone on here.

usage: random_state.py PROGRAM      PROGRAM is built of optimizer_state.c
"""

import sys
import unittest

import torch

sys.dont_write_bytecode = True

from run_program import WithFolder, run


class Random(WithFolder):
    def setUp(self):
        super().setUp()
        self.file = self.path("random.pt")
        self.generator = torch.Generator()

    def draws(self):
        drawn = [torch.dropout(torch.ones(40), 0.5, True), torch.randn(40), torch.randn(5, generator=self.generator)]
        return torch.cat(drawn)

    def numbers(self, printed):
        return torch.tensor([float(line) for line in printed.split()])

    def test_python_draws_what_the_library_would_have_drawn(self):
        printed = run("save-random", self.file)
        saved = torch.load(self.file, weights_only=True)
        self.assertEqual((list(saved["rng"]), saved["rng"]["cuda"]), (["cpu", "cuda"], []))
        torch.set_rng_state(saved["rng"]["cpu"])
        self.generator.set_state(saved["generator"])
        self.assertTrue(torch.equal(self.draws(), self.numbers(printed)))

    def test_the_library_draws_what_python_would_have_drawn(self):
        torch.manual_seed(3)
        self.generator.manual_seed(4)
        torch.randn(3), torch.randn(3, generator=self.generator)
        torch.save({"rng": {"cpu": torch.get_rng_state(), "cuda": []}, "generator": self.generator.get_state()},
                   self.file)
        self.assertTrue(torch.equal(self.draws(), self.numbers(run("load-random", self.file))))

    def test_a_state_that_is_none_is_refused(self):
        good = torch.get_rng_state()
        overrun = good.clone()
        overrun[8:10] = torch.tensor([255, 0])
        overrun[16:18] = torch.tensor([100, 2])  # 255 numbers more from number 612 on, of 624
        for state, text in ((good[:-1], "5055"), (good.float(), "Float"), (overrun, "255 are left from number 612")):
            torch.save({"rng": {"cpu": state, "cuda": []}, "generator": good}, self.file)
            with self.assertRaisesRegex(RuntimeError, text):
                run("load-random", self.file)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
