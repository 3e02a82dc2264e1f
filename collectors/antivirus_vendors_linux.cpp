#include "collectors/antivirus_products.h"
#include "collectors/parse/antivirus_tools.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::AntivirusProduct, compliance::Definitions, compliance::RealTime;
using platform::ask, platform::ErrorKind, platform::Host, platform::RunHelper;

namespace {

using Output = platform::Seen<platform::HelperOutput>;

// The tool's output, where an exit code other than 0 is a failure: these products document none as an answer.
Output printed(const Host& host, const char* helper, std::vector<std::string> arguments) {
  auto seen = ask(host, RunHelper{.helper = helper, .arguments = std::move(arguments)});
  if (seen && seen->exit_code != 0)
    return {platform::Error{ErrorKind::failed, "exit code " + std::to_string(seen->exit_code)}, seen.source, seen.observed_at};
  return seen;
}

void without_definitions(const Output& seen, AntivirusProduct& product) {
  Definitions definitions;
  definitions.used = false;
  product.definitions = observed(std::move(definitions), seen);
}

}  // namespace

// "healthy" and "licensed" are true in passive mode too, so neither says that it protects.
void ask_defender(const Host& host, const ProcessList&, AntivirusProduct& product) {
  const auto seen = printed(host, "mdatp", {"health", "--output", "json"});
  const auto health = seen ? parse::parse_mdatp_health(seen->out.data) : platform::Result<parse::MdatpHealth>(seen.error());
  if (!health) {
    product.real_time = compliance::no_fact<RealTime>(health.error(), seen.source, seen.observed_at);
    product.definitions = compliance::no_fact<Definitions>(health.error(), seen.source, seen.observed_at);
    product.licensed = compliance::no_fact<bool>(health.error(), seen.source, seen.observed_at);
    return;
  }
  product.real_time = observed(health->passive ? RealTime::passive : health->real_time ? RealTime::on : RealTime::off, seen);
  product.licensed = observed(health->licensed, seen);
  if (health->expires) product.expires = observed(*health->expires, seen);
  Definitions definitions;
  definitions.published = health->definitions_updated;
  definitions.version = health->definitions_version;
  definitions.called_current = health->definitions_current;
  product.definitions = observed(std::move(definitions), seen);
}

void ask_falcon(const Host& host, const ProcessList&, AntivirusProduct& product) {
  const auto seen = printed(host, "falconctl", {"-g", "--rfm-state"});
  without_definitions(seen, product);
  if (!seen) {
    product.real_time = unavailable<RealTime>(seen);
    return;
  }
  const auto reduced = parse::parse_falcon_rfm(seen->out.data);
  product.real_time =
      reduced ? observed(*reduced ? RealTime::blind : RealTime::on, seen) : malformed<RealTime>("rfm-state is not set", seen);
}

void ask_sentinel(const Host& host, const ProcessList&, AntivirusProduct& product) {
  const auto seen = printed(host, "sentinelctl", {"control", "status"});
  without_definitions(seen, product);
  if (!seen) {
    product.running = unavailable<bool>(seen);
    product.real_time = unavailable<RealTime>(seen);
    return;
  }
  const auto status = parse::parse_sentinel_status(seen->out.data);
  if (!status) {
    product.running = malformed<bool>("no agent state", seen);
    product.real_time = malformed<RealTime>("no agent state", seen);
    return;
  }
  product.running = observed(status->agent_runs, seen);
  product.real_time = observed(status->enabled ? RealTime::on : RealTime::off, seen);
}

// Its real-time protection has no answer on the command line: the fanotify marks of its programs tell.
void ask_eset(const Host& host, const ProcessList&, AntivirusProduct& product) {
  const auto modules = printed(host, "eset-upd", {"--list-modules"});
  const auto engine = modules ? parse::parse_eset_modules(modules->out.data) : std::nullopt;
  if (engine) {
    Definitions definitions;
    definitions.published = engine->built;
    definitions.version = engine->version;
    product.definitions = observed(std::move(definitions), modules);
  } else {
    product.definitions = modules ? malformed<Definitions>("no detection engine", modules) : unavailable<Definitions>(modules);
  }
  const auto printed_licence = printed(host, "eset-lic", {"--status"});
  const auto licence = printed_licence ? parse::parse_eset_licence(printed_licence->out.data) : std::nullopt;
  if (licence) {
    product.licensed = observed(licence->activated, printed_licence);
    if (licence->until) product.expires = observed(*licence->until, printed_licence);
  } else {
    product.licensed = printed_licence ? malformed<bool>("no status", printed_licence) : unavailable<bool>(printed_licence);
  }
}

// "Antimalware status: On" says that the module is on, not that it watches opens; "Off" says that nothing does.
void ask_bitdefender(const Host& host, const ProcessList&, AntivirusProduct& product) {
  const auto seen = printed(host, "bduitool", {"get", "ps"});
  const auto status = seen ? parse::parse_bduitool(seen->out.data) : std::nullopt;
  if (!status) {
    product.running = seen ? malformed<bool>("no antimalware status", seen) : unavailable<bool>(seen);
    product.definitions = seen ? malformed<Definitions>("no antimalware status", seen) : unavailable<Definitions>(seen);
    return;
  }
  product.running = observed(status->antimalware, seen);
  if (!status->antimalware) product.real_time = observed(RealTime::off, seen);
  if (!status->content) {
    product.definitions = malformed<Definitions>("no date of the last content update", seen);
    return;
  }
  Definitions definitions;
  definitions.published = status->content;
  product.definitions = observed(std::move(definitions), seen);
}

}  // namespace gokajo::collectors
