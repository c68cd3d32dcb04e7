while (true) {
    /* produce an item in next_produced */ // @produce
    while (((in + 1) % BUFFER_SIZE) == out) // @wait
        ; /* do nothing */
    buffer[in] = next_produced; // @store
    in = (in + 1) % BUFFER_SIZE; // @advance
}
