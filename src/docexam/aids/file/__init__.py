"""What a file says about itself, beside what its pixels show: facts, each with its innocent use."""
