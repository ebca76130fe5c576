"""What a session holds is as before, whatever code did to copies of it."""

import unittest

import support  # noqa: F401
import session_copy

SESSION = """
import random
items, other = [1], {"a": [2]}
alias = items
class Counter:
    count, log = 0, []
    def add(self):
        type(self).count += 1
        self.log.append(1)
def note(x, seen=[]):
    items.append(x)
    seen.append(x)
    return seen
def make():
    inner = []
    def keep(x):
        inner.append(x)
        return inner
    return keep
keep = make()
one = Counter()
stream = (n for n in range(3))
class Stubborn:
    def __deepcopy__(self, memo): raise TypeError
stubborn = [items, Stubborn()]
"""

STATE = """
state = repr([items, other, alias is items, Counter.count, Counter.log, hasattr(Counter, "new"), Counter.__dict__.get("add") is None,
              note.__defaults__, keep.__closure__[0].cell_contents, vars(one), random.getstate(), "fresh" in globals()])
"""

CODE = """
assert alias is items
note(5)
other["a"].append(3)
del other
one.add()
one.x = 1
Counter.new = True
del Counter.add
keep(1)
random.random()
fresh = 1
"""


class SessionCopy(unittest.TestCase):
    def test_code_changes_copies_only(self):
        scope = {"__name__": "__main__"}
        exec(SESSION, scope)
        exec(STATE, scope)
        before = scope.pop("state")
        with session_copy.copied(scope):
            exec(CODE, scope)
            self.assertEqual((scope["items"], scope["fresh"]), ([1, 5], 1))
            exec("other = None" + STATE, scope)
            self.assertNotEqual(scope["state"], before)
        exec(STATE, scope)
        self.assertEqual(scope["state"], before)
        # What can't be copied is shared.
        self.assertEqual(next(scope["stream"]), 0)


if __name__ == "__main__":
    unittest.main()
