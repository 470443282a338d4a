"""The broker that plays a script, with enough in it that no page stays empty."""
from fake_broker import FakeBroker


class RichBroker(FakeBroker):
    @classmethod
    def empty(cls, path):
        return cls(path, sessions=[], consents=[])

    def answers(self):
        """All that it can say: what windows show of it is nobody's to translate."""
        return [self.sessions, self.providers, self.consents, self.pending, self.store]
