for (int round = 1; round <= ROUNDS; round++) {
    work(); // @work
    total += round; /* nobody else has a part in it */ // @add
}
