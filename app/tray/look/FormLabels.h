#pragma once

class QFormLayout;

namespace keybearer {

// Tells screen readers which field each label of the form belongs to. QFormLayout does so by itself only for
// the labels that it makes. To be called when the rows are there; GUI thread.
void joinLabels(const QFormLayout& form);

} // namespace keybearer
