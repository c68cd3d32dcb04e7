while (true) {
    while (is_empty())
        ; /* do nothing */
    next_consumed = take(); // @take
    /* consume the item in next_consumed */ // @consume
}
