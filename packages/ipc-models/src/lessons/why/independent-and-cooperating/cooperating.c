for (int round = 1; round <= ROUNDS; round++) {
    work(); // @work
    send(other, round); // @send
    total += receive(other); /* no further without it */ // @receive
}
