// yaml-cpp was compiled with <iostream>, and so every start would construct std::cout and its like, a tenth
// of what `keybearer token` takes by itself. Nobody here uses them (tests/architecture/RoomsTest.cpp), and
// yaml-cpp only says that it might: with the linker's --wrap these come instead of their construction.
extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming,cert-dcl37-c,cert-dcl51-cpp)
void __wrap__ZNSt8ios_base4InitC1Ev(void*);
void __wrap__ZNSt8ios_base4InitD1Ev(void*);
void __wrap__ZNSt8ios_base4InitC1Ev(void*) {}
void __wrap__ZNSt8ios_base4InitD1Ev(void*) {}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming,cert-dcl37-c,cert-dcl51-cpp)
}
