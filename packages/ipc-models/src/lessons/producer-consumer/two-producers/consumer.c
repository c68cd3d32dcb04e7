while (true) {
    while (in == out) // @wait
        ; /* do nothing */
    next_consumed = buffer[out]; // @load
    out = (out + 1) % BUFFER_SIZE; // @advance
    /* consume the item in next_consumed */ // @consume
}
