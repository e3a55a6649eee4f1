"""Webhooks: other systems are told that a duty took a step, once for each step and address.

What is told are codes and uids alone; whoever is told asks for the rest by a key, with the rights
of the day. Only steps of duties that the owner of the hook may see are told.
"""
