#pragma once

#include <gtest/gtest.h>

#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern char** environ;

namespace keybearer::test {

// A child that waits for the end of its standard input and thereby for us.
class Child {
public:
    explicit Child(std::vector<std::string> words, const std::vector<std::string>& variables = {}) {
        int input[2] = {-1, -1};
        int output[2] = {-1, -1};
        if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0)
            return;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input[0], 0);
        posix_spawn_file_actions_adddup2(&actions, output[1], 1);
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        std::vector<std::string> kept(variables);
        std::vector<char*> environment;
        for (char** variable = environ; *variable != nullptr; ++variable)
            environment.push_back(*variable);
        for (std::string& variable : kept)
            environment.push_back(variable.data());
        environment.push_back(nullptr);
        posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environment.data());
        posix_spawn_file_actions_destroy(&actions);
        close(input[0]);
        close(output[1]);
        input_ = input[1];
        output_ = output[0];
    }
    ~Child() {
        close(input_);
        close(output_);
        if (pid_ > 0)
            waitpid(pid_, nullptr, 0);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    [[nodiscard]] pid_t pid() const { return pid_; }
    void awaitFirstByte() const {
        char byte = 0;
        ASSERT_EQ(read(output_, &byte, 1), 1);
    }
    void feed(const char* text) const { ASSERT_GT(write(input_, text, std::string(text).size()), 0); }

private:
    pid_t pid_ = 0;
    int input_ = -1;
    int output_ = -1;
};

} // namespace keybearer::test
