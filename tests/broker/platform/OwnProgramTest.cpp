#include "broker/platform/OwnProgram.h"

#include "tests/broker/platform/TemporaryPlace.h"

#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace keybearer {
namespace {

class OwnProgramTest : public testing::Test {
protected:
    void SetUp() override { std::ofstream(path_) << "one"; }
    TemporaryPlace place_;
    std::filesystem::path path_ = place_ / "program";
};

TEST_F(OwnProgramTest, AFileThatIsTheSameIsTheSame) {
    EXPECT_EQ(OwnProgram(path_).look(), OwnProgram::State::Same);
}

TEST_F(OwnProgramTest, AnotherFileOfThatNameIsAReplacement) {
    const OwnProgram program(path_);
    std::ofstream(place_ / "new") << "one";
    std::filesystem::rename(place_ / "new", path_);
    EXPECT_EQ(program.look(), OwnProgram::State::Replaced);
}

TEST_F(OwnProgramTest, AFileThatWasWrittenOverIsAReplacement) {
    const OwnProgram program(path_);
    std::ofstream(path_) << "another";
    EXPECT_EQ(program.look(), OwnProgram::State::Replaced);
}

TEST_F(OwnProgramTest, AFileThatWasRemovedIsGone) {
    const OwnProgram program(path_);
    std::filesystem::remove(path_);
    EXPECT_EQ(program.look(), OwnProgram::State::Gone);
}

TEST_F(OwnProgramTest, ThisProcessHasAProgram) {
    const OwnProgram program = OwnProgram::ofThisProcess();
    EXPECT_TRUE(program.path().is_absolute());
    EXPECT_EQ(program.look(), OwnProgram::State::Same);
    EXPECT_FALSE(OwnProgram(path_).isTheSystems());
}

} // namespace
} // namespace keybearer
