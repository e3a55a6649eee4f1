"""A believable city, built through the services only: seeded, deterministic, any size.

Its units are those of Hà Nội's public structure in 2024; every person, every late duty and every
unit named "(mẫu)" is invented. Building it is also a walk through the product from end to end.
"""
