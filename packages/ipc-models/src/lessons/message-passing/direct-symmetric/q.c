for (int number = 1; number <= MESSAGES; number++) {
    send(P, message); // @send
    receive(P, &message); // @receive
}
