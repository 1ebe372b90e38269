-- For wrk: after -- come a prefix for ids or "-" for none, then optionally a body's file and type.
-- Prints one line for the bench to read; wrk's own text is for people.

local next_thread = 0

function setup(thread)
  thread:set("number", next_thread)
  next_thread = next_thread + 1
end

function init(args)
  if args[2] then
    local file = assert(io.open(args[2], "rb"))
    wrk.method = "POST"
    wrk.body = file:read("*a")
    wrk.headers["Content-Type"] = args[3]
    file:close()
  end
  if args[1] ~= "-" then
    number_ids(args[1] .. "-" .. number .. "-")
  end
end

-- A new Idempotency-Key for each request, by joining strings: wrk.format would cost wrk more than sending does.
function number_ids(prefix)
  wrk.headers["Idempotency-Key"] = "KEY"
  local whole = wrk.format()
  local from, to = whole:find("KEY", 1, true)
  local head, tail = whole:sub(1, from - 1) .. prefix, whole:sub(to + 1)
  local sent = 0
  request = function()
    sent = sent + 1
    return head .. sent .. tail
  end
end

function done(summary, latency)
  local e = summary.errors
  print(string.format("bench %d %d %d %d %d %d", summary.requests, summary.duration, e.status,
    e.connect + e.read + e.write + e.timeout, latency:percentile(50), latency:percentile(99)))
end
