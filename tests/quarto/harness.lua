-- What Quarto does around an extension, for a pandoc without Quarto: reads _extension.yml, gives shortcodes and filters the
-- module `quarto` with what ours use of it, calls the handlers as Quarto calls them, and puts what they need into the head.
--
--   cd tests/quarto && pandoc -f markdown-smart --metadata-file _quarto.yml --lua-filter harness.lua -t html -s index.qmd

local EXTENSION = "_extensions/glassrec/"
local dependencies = pandoc.List()

-- JSON, for pandocs that bring none: objects, lists, strings, numbers.
local function decode(text)
  local at = 1
  local function skip()
    at = text:find("[^%s]", at) or #text + 1
    return text:sub(at, at)
  end
  local value
  local function text_value()
    local from = at + 1
    local to = from
    while text:sub(to, to) ~= '"' do
      to = to + (text:sub(to, to) == "\\" and 2 or 1)
    end
    at = to + 1
    local escapes = { n = "\n", t = "\t", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }
    local said = text:sub(from, to - 1):gsub("\\u(%x%x%x%x)", function(code) return utf8.char(tonumber(code, 16)) end)
    return (said:gsub("\\(.)", escapes))
  end
  local function many(close, read)
    local found = {}
    at = at + 1
    while skip() ~= close do
      read(found)
      if skip() == "," then at = at + 1 end
    end
    at = at + 1
    return found
  end
  value = function()
    local first = skip()
    if first == "{" then
      return many("}", function(found)
        local key = text_value()
        assert(skip() == ":", "no JSON")
        at = at + 1
        found[key] = value()
      end)
    end
    if first == "[" then return many("]", function(found) found[#found + 1] = value() end) end
    if first == '"' then return text_value() end
    local number = assert(text:match("^-?[%d.eE+-]+", at), "no JSON")
    at = at + #number
    return tonumber(number)
  end
  return value()
end

local function is_format(to)
  local is_html = FORMAT == "html" or FORMAT == "revealjs" or FORMAT == "epub"
  if to == "html:js" then return is_html and FORMAT ~= "epub" end
  if to == "html" then return is_html end
  if to == "latex" or to == "pdf" then return FORMAT == "latex" end
  if to == "markdown" then return FORMAT == "gfm" or FORMAT == "markdown" or FORMAT == "commonmark" end
  return FORMAT == to
end

quarto = {
  doc = {
    is_format = is_format,
    add_html_dependency = function(dependency)
      assert(dependency.name and dependency.head, "an HTML dependency has a name, and something to add")
      assert(not dependencies:find_if(function(it) return it.name == dependency.name and it.head ~= dependency.head end), "one name, two dependencies")
      if not dependencies:find_if(function(it) return it.name == dependency.name end) then dependencies:insert(dependency) end
    end,
  },
  utils = { resolve_path = function(path) return EXTENSION .. path end },
  project = { directory = pandoc.system.get_working_directory() },
  json = { decode = decode },
  log = { warning = function(message) io.stderr:write("WARNING: " .. message .. "\n") end },
}

--- The files that _extension.yml names under `kind`.
local function contributed(kind)
  local file = assert(io.open(EXTENSION .. "_extension.yml"))
  local text = file:read("a")
  file:close()
  local found = pandoc.List()
  for path in (text:match("\n  " .. kind .. ":\n(.-)\n  %S") or text:match("\n  " .. kind .. ":\n(.*)")):gmatch("%- (%S+)") do
    found:insert(EXTENSION .. path)
  end
  return found
end

local handlers = {}
for _, path in ipairs(contributed("shortcodes")) do
  -- As in Quarto a handler sees the file it is in, and its own globals stay its own.
  local environment = setmetatable({ PANDOC_SCRIPT_FILE = path }, { __index = _G })
  for name, handler in pairs(assert(loadfile(path, "t", environment))()) do
    assert(type(handler) == "function", name .. " is no handler")
    handlers[name] = handler
  end
end

local meta = {}

--- Calls the handler of a shortcode: values are inlines, missing ones are empty.
local function expand(text, context)
  local name, rest = text:match("^{{<%s+(%S+)%s*(.-)%s*>}}$")
  local handler = handlers[name]
  if not handler then return nil end
  local args, raw = pandoc.List(), pandoc.List()
  local kwargs = setmetatable({}, { __index = function() return pandoc.Inlines and pandoc.Inlines({}) or pandoc.List() end })
  local function value(it) return pandoc.List({ pandoc.Str(it) }) end
  rest = rest:gsub('([%w-]+)="([^"]*)"', function(key, it) kwargs[key] = value(it) return "" end)
  for piece in rest:gmatch("%S+") do
    local key, it = piece:match("^([%w-]+)=(.*)$")
    if key then kwargs[key] = value(it) else args:insert(value(piece)) end
    raw:insert(piece)
  end
  return handler(args, kwargs, meta, raw, context)
end

local function block(it)
  local text = pandoc.utils.stringify(it)
  if text:match("^{{<[^{}]*>}}$") then return expand(text, "block") end
  -- Inside a line: from the word {{< to the word that begins with >}}.
  local found, pending = pandoc.List(), nil
  for _, inline in ipairs(it.content) do
    local word = inline.t == "Str" and inline.text or nil
    if word == "{{<" then pending = pandoc.List() end
    local closes = pending and word and word:match("^>}}(.*)$")
    if closes then
      pending:insert(pandoc.Str(">}}"))
      found:extend(expand(pandoc.utils.stringify(pending), "inline"))
      if closes ~= "" then found:insert(pandoc.Str(closes)) end
      pending = nil
    elseif pending then
      pending:insert(inline)
    else
      found:insert(inline)
    end
  end
  it.content = found
  return it
end

local passes = pandoc.List({ { Meta = function(it) meta = it end }, { Para = block } })
for _, path in ipairs(contributed("filters")) do
  passes:extend(dofile(path))
end
passes:insert({
  Meta = function(it)
    if #dependencies == 0 then return nil end
    local head = pandoc.List()
    for _, dependency in ipairs(dependencies) do
      head:insert(pandoc.MetaBlocks({ pandoc.RawBlock("html", dependency.head) }))
    end
    it["header-includes"] = head
    return it
  end,
})
return passes
