while (true) {
    work(); // @work
    receive(sender, &message); // @receive
}
