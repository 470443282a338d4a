/* Does nothing: a library to be seen in a process that did not ask for it. */
int keybearer_test_preloaded = 1;

int keybearer_test_answer(void) { return keybearer_test_preloaded; }
