#pragma once

#include "broker/pins/PinStore.h"

#include <map>
#include <tuple>

namespace keybearer {

// A PinStore that forgets with the test, and fails when it is told to.
class MemoryPinStore final : public PinStore {
public:
    [[nodiscard]] Result<Loaded> loadTools() override {
        Loaded loaded;
        for (const auto& [name, service] : services)
            loaded.services.push_back(service);
        for (const auto& [key, tool] : tools)
            loaded.tools.push_back(tool);
        loaded.refused = refused;
        return loaded;
    }
    [[nodiscard]] Result<void> putTools(const PinnedService& service,
                                        const std::vector<const ToolRecord*>& changed) override {
        ++writes;
        if (fails)
            return failure(ErrorCode::StoreUnavailable, "the disk is full");
        services[service.name] = service;
        for (const ToolRecord* tool : changed)
            tools[{tool->service, tool->name}] = *tool;
        return {};
    }
    [[nodiscard]] Result<void> removeTool(const std::string& service, const std::string& tool) override {
        tools.erase({service, tool});
        std::erase_if(definitions, [&](const auto& entry) {
            return std::get<0>(entry.first) == service && std::get<1>(entry.first) == tool;
        });
        return {};
    }
    [[nodiscard]] Result<void> removeTools(const std::string& service) override {
        services.erase(service);
        std::erase_if(tools, [&](const auto& entry) { return entry.first.first == service; });
        std::erase_if(definitions, [&](const auto& entry) { return std::get<0>(entry.first) == service; });
        return {};
    }
    [[nodiscard]] Result<void> putDefinition(const DefinitionKey& key, const std::string& text) override {
        definitions[{key.service, key.tool, key.fingerprint}] = text;
        return {};
    }
    [[nodiscard]] Result<std::string> definition(const DefinitionKey& key) override {
        const auto found = definitions.find({key.service, key.tool, key.fingerprint});
        return found == definitions.end() ? std::string() : found->second;
    }
    [[nodiscard]] Result<void> removeDefinition(const DefinitionKey& key) override {
        definitions.erase({key.service, key.tool, key.fingerprint});
        return {};
    }

    std::map<std::string, PinnedService> services;
    std::map<std::pair<std::string, std::string>, ToolRecord> tools;
    std::map<std::tuple<std::string, std::string, std::string>, std::string> definitions;
    std::vector<std::string> refused;
    int writes = 0;
    bool fails = false;
};

} // namespace keybearer
