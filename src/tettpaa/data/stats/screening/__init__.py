"""Screening of many schools on many tests at once: levels, falls, and how many marks chance alone gives.

Needs numpy. The web process imports these modules inside functions, so that only a screening pays for it.
"""
