"""unittest and doctest running a program's own tests; only the outcome is printed.

>>> add(2, 3)
5
>>> add("a", 1)
Traceback (most recent call last):
TypeError: can only concatenate str (not "int") to str
"""

import doctest
import io
import re
import sys
import unittest
from unittest import mock


def add(a, b):
    """Adds.

    >>> [add(x, 1) for x in range(3)]
    [1, 2, 3]
    """
    return a + b


class Calls:
    def fetch(self):
        return "real"

    def use(self):
        return self.fetch() + "!"


class Tests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("setUpClass")

    def setUp(self):
        self.addCleanup(print, "cleanup of", self._testMethodName)

    def test_add(self):
        self.assertEqual(add(1, 2), 3)

    def test_failure(self):
        self.assertEqual([1, 2], [1, 3], "lists differ")

    def test_error(self):
        {}["missing"]

    @unittest.skip("a reason")
    def test_skipped(self):
        self.fail("never")

    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)

    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "bad") as caught:
            raise ValueError("a bad value")
        self.assertEqual(caught.exception.args, ("a bad value",))

    def test_subtests(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertNotEqual(n, 1)

    def test_mock(self):
        with mock.patch.object(Calls, "fetch", return_value="mocked") as fetch:
            self.assertEqual(Calls().use(), "mocked!")
        fetch.assert_called_once_with()
        self.assertEqual(Calls().use(), "real!")

    def test_autospec(self):
        spec = mock.create_autospec(add, return_value=7)
        self.assertEqual(spec(1, b=2), 7)
        with self.assertRaises(TypeError):
            spec(1)


class AsyncTests(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.value = 5

    async def test_await(self):
        async def double(x):
            return x * 2

        self.assertEqual(await double(self.value), 10)


stream = io.StringIO()
suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
result = unittest.TextTestRunner(stream=stream, verbosity=2).run(suite)
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), len(result.expectedFailures))
for case, text in result.failures + result.errors:
    print(case.id() if hasattr(case, "id") else case)
    print(re.sub(r'File ".*[/\\]', 'File "', text))
for line in sorted(stream.getvalue().splitlines()):
    if "..." in line:
        print(line)
print(doctest.testmod())
