/// \file
/// Work in one transaction of a Store (hub/store.h): committed when the work went well, else rolled back, and never left open.
#pragma once

#include "hub/store.h"

namespace gokajo::hub {

/// `begun`: what store.begin(), begin_reading() or begin_reports() said; its Error is answered, and nothing is done. `work` answers a
/// Status or a Result, which is answered once it is committed.
template <class Work>
auto in_transaction(Store& store, const platform::Status& begun, const Work& work) -> decltype(work()) {
  if (!begun) return begun.error();
  auto done = work();
  if (!done) {
    store.rollback();
    return done;
  }
  if (auto committed = store.commit(); !committed) return committed.error();
  return done;
}

}  // namespace gokajo::hub
