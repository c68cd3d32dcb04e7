while (true) {
    wait_until_all_receivers_wait(); // @wait
    send(letters, message); // @send
}
send(parcels, message); /* a second mailbox between the same two */ // @other
