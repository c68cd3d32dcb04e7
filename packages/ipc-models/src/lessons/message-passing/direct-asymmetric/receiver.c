for (int count = 1; count <= SENDERS * MESSAGES; count++) {
    receive(&id, &message); /* from anyone; id says from whom */ // @receive
    use(id, message); // @use
}
