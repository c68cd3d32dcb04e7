while (receive(browser, &frame)) { // @receive
    result = compute(frame);
    send(browser, result); // @answer
}
