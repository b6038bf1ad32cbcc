"""What is reported: pure models, no files, no formats, no clock."""
