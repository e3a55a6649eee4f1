"""What one unit owes another by a deadline, with the sentence that says so.

A duty begins as a draft, confirmed from a document; it binds once the six clarities are there and
it is issued. Its events are append-only; how it stands on a day is derived
(``lotrinh.rules.duty_states``).
"""
