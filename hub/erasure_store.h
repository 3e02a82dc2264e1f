/// \file
/// Everything that is kept of one PC or one person, to be handed out or erased: a part of hub/store.h, with its errors, threads and
/// transactions.
#pragma once

#include <string>
#include <vector>

#include "platform/json_form.h"
#include "platform/result.h"

namespace gokajo::hub {

class ErasureStore {
 public:
  ErasureStore() = default;
  ErasureStore(const ErasureStore&) = delete;
  ErasureStore& operator=(const ErasureStore&) = delete;
  virtual ~ErasureStore() = default;

  /// {"devices": [{"label": "PC-01", …}], "reports": […], …}: every row that is about it, by table and column. Bytes that are no UTF-8 are
  /// {"base64": "…"}. Of a person's deeds and answers: those in the companies they belong to, by their name. Error{not_found}: no such
  /// device, no such person.
  virtual platform::Result<platform::Json> everything_of_device(const std::string& tenant, const std::string& device) = 0;
  virtual platform::Result<platform::Json> everything_of_person(const std::string& person) = 0;

  /// Takes these rows out. `names`: what it is called by people; deeds (and answers) that name it say `reduced` instead, but for a name
  /// that another person bears too. Mails that were sent or given up lose their text, for it may name it. Counters follow.
  virtual platform::Status erase_device(const std::string& tenant, const std::string& device, const std::vector<std::string>& names,
                                        const std::string& reduced) = 0;
  virtual platform::Status erase_person(const std::string& person, const std::vector<std::string>& names, const std::string& reduced) = 0;

  /// After the commit, outside a transaction: nothing of what was erased stays in the store's files. Takes as long as copying the store.
  /// Error{timed_out}: somebody reads what was there before; try again later.
  /// PostgreSQL keeps erased rows until they are vacuumed, and even then their bytes: so each table is written anew there, one after the
  /// other, while nobody else uses it. What is no table stays: the write-ahead log until its files are used again, its archive, the
  /// planner's statistics of before until they are vacuumed, and copies of the database; and what sessions of roles that the hub's does not
  /// see (a dump) still read meanwhile.
  virtual platform::Status overwrite_erased() = 0;
};

}  // namespace gokajo::hub
