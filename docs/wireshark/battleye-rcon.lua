-- BattlEye RCON for Wireshark and tshark: copy this file into the folder of personal Lua plugins
-- (Help, About Wireshark, Folders), or start `tshark -X lua_script:battleye-rcon.lua -r capture.pcapng`.
-- A test of bercon writes the numbers below from its codec.
local MAGIC = { 66, 69 }
local CHECKSUM_AT = 2
local CHECKED_FROM = 6
local MARKER = 255
local TYPE_AT = 7
local LOGIN = 0
local COMMAND = 1
local MESSAGE = 2
local SEQUENCE_AT = 8
local TEXT_AT = 9
local PART_MARK = 0
local TOTAL_AT = 10
local INDEX_AT = 11
local PART_TEXT_AT = 12
local ACCEPTED = 1

local rcon = Proto("battleye-rcon", "BattlEye RCON")
local TYPES = { [LOGIN] = "login", [COMMAND] = "command", [MESSAGE] = "message" }

local f = {
  checksum = ProtoField.uint32("battleye-rcon.checksum", "Checksum", base.HEX),
  checksum_good = ProtoField.bool("battleye-rcon.checksum.good", "Checksum is right"),
  kind = ProtoField.string("battleye-rcon.kind", "Packet"),
  type = ProtoField.uint8("battleye-rcon.type", "Type", base.DEC, TYPES),
  from_server = ProtoField.bool("battleye-rcon.from_server", "From the server"),
  sequence = ProtoField.uint8("battleye-rcon.sequence", "Sequence"),
  accepted = ProtoField.bool("battleye-rcon.accepted", "Login accepted"),
  password_bytes = ProtoField.uint32("battleye-rcon.password_bytes", "Bytes of the password"),
  total = ProtoField.uint8("battleye-rcon.part.total", "Parts in total"),
  index = ProtoField.uint8("battleye-rcon.part.index", "Part"),
  text = ProtoField.string("battleye-rcon.text", "Text"),
  reply = ProtoField.string("battleye-rcon.reply", "Reply of all parts"),
  command = ProtoField.string("battleye-rcon.command", "Answers the command"),
  response_to = ProtoField.framenum("battleye-rcon.response_to", "Response to", base.NONE, frametype.REQUEST),
  response_in = ProtoField.framenum("battleye-rcon.response_in", "Response in", base.NONE, frametype.RESPONSE),
  acknowledges = ProtoField.framenum("battleye-rcon.acknowledges", "Acknowledges", base.NONE, frametype.ACK),
  repeats = ProtoField.framenum("battleye-rcon.repeats", "Repeats", base.NONE, frametype.RETRANS_PREV),
  time = ProtoField.relative_time("battleye-rcon.time", "Time until the response"),
}
rcon.fields = f

local bad_checksum = ProtoExpert.new("battleye-rcon.bad_checksum", "Wrong checksum", expert.group.CHECKSUM, expert.severity.ERROR)
local refused = ProtoExpert.new("battleye-rcon.refused", "The password was refused", expert.group.RESPONSE_CODE, expert.severity.WARN)
rcon.experts = { bad_checksum, refused }
rcon.prefs.port = Pref.uint("Server port", 0, "RConPort of the server, if it does not show in the packets; 0 for none")

-- Newer versions of Lua have an operator, older ones a library.
local xor = (bit32 and bit32.bxor) or (bit and bit.bxor) or load("return function(a, b) return a ~ b end")()

local TABLE = {}
for byte = 0, 255 do
  local value = byte
  for _ = 1, 8 do
    value = value % 2 == 1 and xor(0xEDB88320, math.floor(value / 2)) or math.floor(value / 2)
  end
  TABLE[byte] = value % 4294967296
end

local function crc32(bytes)
  local sum = 0xFFFFFFFF
  for at = 0, bytes:len() - 1 do
    sum = xor(math.floor(sum / 256), TABLE[xor(sum % 256, bytes:get_index(at)) % 256]) % 4294967296
  end
  return xor(sum, 0xFFFFFFFF) % 4294967296
end

-- What was seen in frames before, for each client and server. Wireshark reads a capture once in order, then at random.
local servers, flows, frames = {}, {}, {}
function rcon.init()
  servers, flows, frames = {}, {}, {}
end

local function is_from_server(buffer, src, dst)
  local kind = buffer(TYPE_AT, 1):uint()
  local length = buffer:len()
  local from_server
  if kind == LOGIN then
    from_server = length == TYPE_AT + 2 and buffer(TYPE_AT + 1, 1):uint() <= ACCEPTED
  elseif kind == COMMAND then
    if length > TEXT_AT and buffer(TEXT_AT, 1):uint() == PART_MARK then from_server = true end
  else
    from_server = length > TEXT_AT
  end
  if from_server == true then servers[src] = true end
  if from_server == false then servers[dst] = true end
  if from_server ~= nil then return from_server end
  if servers[src] ~= servers[dst] then return servers[src] == true end
  return src:match(":" .. rcon.prefs.port .. "$") ~= nil
end

local function shown_text(range, from_server)
  local text = range:string(ENC_UTF_8)
  if from_server then return (text:gsub("(RConPassword)%s+[^\n]*", "%1 ***")) end
  if text:lower():match("^%s*rconpassword") then return "RConPassword ***" end
  return text
end

local function remember(frame, buffer, pinfo, from_server, flow)
  local kind = buffer(TYPE_AT, 1):uint()
  local seen = {}
  frames[frame] = seen
  if kind == LOGIN then
    -- A login begins anew: sequences of before mean nothing any more.
    if not from_server then flow.commands, flow.messages, flow.parts = {}, {}, {} end
    return seen
  end
  if buffer:len() <= SEQUENCE_AT then return seen end
  local sequence = buffer(SEQUENCE_AT, 1):uint()
  if kind == COMMAND and not from_server then
    local text = buffer:len() > TEXT_AT and shown_text(buffer(TEXT_AT), false) or ""
    local before = flow.commands[sequence]
    if before and before.text == text and not before.answer then seen.repeats = before.frame end
    flow.commands[sequence] = { frame = frame, text = text, at = pinfo.abs_ts, seen = seen }
    flow.parts[sequence] = nil
  elseif kind == COMMAND then
    local command = flow.commands[sequence]
    if command then
      seen.response_to, seen.command, seen.time = command.frame, command.text, pinfo.abs_ts - command.at
      command.answer = frame
      command.seen.response_in = frame
    end
    if buffer:len() >= PART_TEXT_AT and buffer(TEXT_AT, 1):uint() == PART_MARK then
      local total, index = buffer(TOTAL_AT, 1):uint(), buffer(INDEX_AT, 1):uint()
      local reply = flow.parts[sequence]
      if not reply or reply.total ~= total then reply = { total = total, count = 0, parts = {} } end
      flow.parts[sequence] = reply
      if not reply.parts[index] then
        reply.count = reply.count + 1
        reply.parts[index] = buffer:len() > PART_TEXT_AT and buffer:raw(PART_TEXT_AT) or ""
      end
      if reply.count == total then
        local whole = {}
        for at = 0, total - 1 do whole[#whole + 1] = reply.parts[at] or "" end
        seen.reply = table.concat(whole)
        flow.parts[sequence] = nil
      end
    end
  elseif from_server then
    local text = buffer:raw(TEXT_AT)
    local before = flow.messages[sequence]
    if before and before.text == text then seen.repeats = before.frame end
    flow.messages[sequence] = { frame = frame, text = text }
  else
    local message = flow.messages[sequence]
    if message then seen.acknowledges = message.frame end
  end
  return seen
end

local function add_packet(buffer, tree, from_server, seen)
  local kind, length = buffer(TYPE_AT, 1):uint(), buffer:len()
  if kind == LOGIN and from_server then
    local accepted = buffer(TYPE_AT + 1, 1):uint() == ACCEPTED
    local item = tree:add(f.accepted, buffer(TYPE_AT + 1, 1), accepted)
    if not accepted then item:add_proto_expert_info(refused) end
    return "login-answer", accepted and "login accepted" or "login refused"
  end
  if kind == LOGIN then
    tree:add(f.password_bytes, buffer(TYPE_AT + 1), length - TYPE_AT - 1)
    return "login", "login, password of " .. (length - TYPE_AT - 1) .. " bytes"
  end
  if length <= SEQUENCE_AT then return "malformed", "too short" end
  local sequence = buffer(SEQUENCE_AT, 1):uint()
  tree:add(f.sequence, buffer(SEQUENCE_AT, 1))
  if kind == MESSAGE and not from_server then return "acknowledgement", "acknowledgment " .. sequence end
  local is_part = kind == COMMAND and from_server and length >= PART_TEXT_AT and buffer(TEXT_AT, 1):uint() == PART_MARK
  local text_at = is_part and PART_TEXT_AT or TEXT_AT
  local text = ""
  if length > text_at then
    text = shown_text(buffer(text_at), from_server)
    tree:add(f.text, buffer(text_at), text)
  end
  if is_part then
    tree:add(f.total, buffer(TOTAL_AT, 1))
    tree:add(f.index, buffer(INDEX_AT, 1))
    return "response-part", string.format("response %d, part %d of %d", sequence, buffer(INDEX_AT, 1):uint(), buffer(TOTAL_AT, 1):uint())
  end
  local name = kind == MESSAGE and "message" or (from_server and "response" or "command")
  if name == "command" and text == "" then return name, "keep-alive " .. sequence end
  return name, string.format("%s %d %s", name, sequence, text)
end

function rcon.dissector(buffer, pinfo, root)
  if buffer:len() <= TYPE_AT or buffer(0, 1):uint() ~= MAGIC[1] or buffer(1, 1):uint() ~= MAGIC[2] then return 0 end
  if buffer(TYPE_AT - 1, 1):uint() ~= MARKER or not TYPES[buffer(TYPE_AT, 1):uint()] then return 0 end
  local src = tostring(pinfo.src) .. ":" .. pinfo.src_port
  local dst = tostring(pinfo.dst) .. ":" .. pinfo.dst_port
  local from_server = is_from_server(buffer, src, dst)
  local key = from_server and (dst .. " " .. src) or (src .. " " .. dst)
  flows[key] = flows[key] or { commands = {}, messages = {}, parts = {} }
  local frame = pinfo.number
  local seen = frames[frame] or remember(frame, buffer, pinfo, from_server, flows[key])

  pinfo.cols.protocol = "BE RCON"
  local tree = root:add(rcon, buffer())
  local stated = buffer(CHECKSUM_AT, 4)
  local good = stated:le_uint() == crc32(buffer(CHECKED_FROM):bytes())
  tree:add_le(f.checksum, stated)
  local item = tree:add(f.checksum_good, stated, good)
  item:set_generated()
  if not good then item:add_proto_expert_info(bad_checksum) end
  tree:add(f.type, buffer(TYPE_AT, 1))
  tree:add(f.from_server, from_server):set_generated()
  local kind, summary = add_packet(buffer, tree, from_server, seen)
  tree:add(f.kind, kind):set_generated()
  for _, name in ipairs({ "command", "response_to", "response_in", "acknowledges", "repeats" }) do
    if seen[name] then tree:add(f[name], seen[name]):set_generated() end
  end
  if seen.time then tree:add(f.time, NSTime.new(math.floor(seen.time), math.floor(seen.time % 1 * 1e9))):set_generated() end
  if seen.reply then tree:add(f.reply, seen.reply):set_generated() end
  summary = summary:gsub("%c", " ")
  tree:append_text(", " .. summary)
  pinfo.cols.info = (good and "" or "[wrong checksum] ") .. (seen.repeats and "[repeat] " or "") .. summary
  return buffer:len()
end

rcon:register_heuristic("udp", function(buffer, pinfo, root)
  return rcon.dissector(buffer, pinfo, root) ~= 0
end)
DissectorTable.get("udp.port"):add_for_decode_as(rcon)
