"""What the admin opens with: counts of hours, and one small file for each thing that is said about them."""
