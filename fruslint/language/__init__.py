"""What fruslint knows of words: those of English and of diplomacy, how they are spelt, cut, joined and dated."""
