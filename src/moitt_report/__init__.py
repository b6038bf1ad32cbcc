"""Briefings for the Ministry of IT and Telecommunication: one content, a PDF and a Word file."""
