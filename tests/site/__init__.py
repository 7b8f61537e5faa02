"""What the tests of whole sites share: building them once, reading their pages, and the rules that pages keep."""
