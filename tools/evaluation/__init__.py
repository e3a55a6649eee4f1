"""How well reading agrees with what people marked: label files, matching, figures, reports.

The scripts `tools/labels.py` and `tools/evaluate.py` stand in front of it; what is to be labelled
says `docs/labelling.md`, what the figures mean `docs/accuracy.md`.
"""
