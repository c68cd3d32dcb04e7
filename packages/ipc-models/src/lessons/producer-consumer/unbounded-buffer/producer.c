while (true) {
    /* produce an item in next_produced */ // @produce
    put(next_produced); /* appended to a list that grows: nothing to wait for */ // @put
}
