while (true) {
    work(); // @work
    send(receiver, message); // @send
    /* both are blocking: here the message has been received */
}
