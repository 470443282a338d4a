#include "broker/daemon/FileMeasure.h"

#include "broker/base/FileStamp.h"
#include "broker/platform/ProcessFacts.h"

#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {

decltype(Capabilities::Setup::measure) measureWith(FileDigests& digests) {
    return [&digests](const std::string& path, const Capabilities::Setup::Measured& measured) {
        const int file = openForReading(path);
        struct stat status {};
        const std::string stamp = file >= 0 && ::fstat(file, &status) == 0 ? fileStamp(status) : "";
        const FileDigests::Done done = [measured, stamp](const std::string& hex) { measured(hex, stamp); };
        const FileMark mark = file < 0 ? FileMark() : fileMark(file);
        const std::string known = mark.inode == 0 ? std::string() : digests.known(mark);
        if (file >= 0 && mark.inode != 0 && known.empty())
            return digests.digest(mark, file, done);
        if (file >= 0)
            ::close(file);
        done(known);
    };
}

} // namespace keybearer
