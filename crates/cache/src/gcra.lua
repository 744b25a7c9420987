-- Takes one call by the generic cell rate algorithm, in microseconds. `now` is set before.
-- KEYS[1]: when the next call would be due. ARGV: the interval between calls, the tolerance. Gives the wait; 0 means taken.
local interval, tolerance = tonumber(ARGV[1]), tonumber(ARGV[2])
-- Later than this it is only where the clock was set back: nobody is locked out by that.
local latest = now + tolerance + interval
local due = math.min(tonumber(redis.call('GET', KEYS[1]) or now), latest)
local earliest = due - tolerance
if now < earliest then
  return earliest - now
end
local following = math.max(due, now) + interval
redis.call('SET', KEYS[1], string.format('%.0f', following), 'PX', math.ceil((following - now) / 1000))
return 0
