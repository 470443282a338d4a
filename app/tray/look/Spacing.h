#pragma once

// The one place of distances and sizes, in device-independent pixels: a scale of four. What holds text takes
// its size from the text (font metrics, layouts), never from here.
namespace keybearer::spacing {

constexpr int hair = 2;    // between an icon and its badge
constexpr int tight = 4;   // inside one thing
constexpr int small = 8;   // between things that belong together
constexpr int medium = 12; // between groups; the margin of a page
constexpr int large = 20;  // around a dialog
constexpr int huge = 32;   // above and below an invitation

constexpr int smallIcon = 16; // in menus, rows and buttons
constexpr int rowIcon = 24;   // of a provider in a table
constexpr int tileIcon = 48;  // beside a heading
constexpr int heroIcon = 64;  // of an empty page

constexpr double headingScale = 1.2; // of the font of a heading
constexpr double titleScale = 1.35;  // of a page's title

} // namespace keybearer::spacing
