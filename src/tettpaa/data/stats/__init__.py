"""What the numbers can and cannot say: intervals, levels, changes and the sentences about them."""
