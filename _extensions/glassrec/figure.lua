-- A figure of Glassrec in a document: in HTML and Reveal the element <glassrec-figure>, with a stored picture, its claim and
-- a link inside; everywhere else the picture, the claim and the link. docs/embed.md tells authors the rest.

--- Figure → where on the site it is, and the model it is of where none is named.
local FIGURES = {
  why = { "explore.html", "", "sasrec_ease" },
  attention = { "explore.html", "i", "sasrec" },
  memory = { "explore.html", "i", "gru4rec" },
  masking = { "explore.html", "i", "bert4rec" },
  latent = { "explore.html", "i", "mult_vae" },
  denoising = { "explore.html", "i", "diffrec" },
  duel = { "explore.html", "i", "irgan" },
  codes = { "explore.html", "i", "semantic_id" },
  sums = { "explore.html", "i", "ease_recency" },
  blend = { "explore.html", "i", "blend" },
  modalities = { "explore.html", "i", "multimodal" },
  compare = { "explore.html", "c", "" },
  map = { "explore.html", "m", "" },
  meaning = { "explore.html", "", "" },
  prompt = { "talk.html", "l", "" },
  talk = { "talk.html", "k", "" },
  evidence = { "results.html", "", "" },
  faithfulness = { "results.html", "", "" },
  results = { "results.html", "", "" },
}
--- What the element is given, in this order; `site` comes before them.
local ATTRIBUTES = { "family", "history", "step", "film", "seed", "controls", "lang", "theme", "height", "start", "bytes" }
--- The films of a figure whose author names none.
local HISTORY = "1214,541,2571"
--- Where pictures are put that a format needs as files.
local FETCHED = "glassrec-pictures"
local SCRIPT = "glassrec-figure.js"
local OPEN = "Open in Glassrec"

local function contains(list, wanted)
  for _, it in ipairs(list) do
    if it == wanted then return true end
  end
  return false
end

local function names(of)
  local found = {}
  for name in pairs(of) do
    found[#found + 1] = name
  end
  table.sort(found)
  return table.concat(found, ", ")
end

local function warn(message)
  if quarto and quarto.log then
    quarto.log.warning("glassrec: " .. message)
  else
    io.stderr:write("[WARNING] glassrec: " .. message .. "\n")
  end
end

--- As it was written: typographic dashes are what Markdown makes of two or three.
local function plain(value)
  if value == nil then return nil end
  local text = type(value) == "string" and value or pandoc.utils.stringify(value)
  text = text:gsub("—", "---"):gsub("–", "--"):gsub("^%s+", ""):gsub("%s+$", ""):gsub('^"(.*)"$', "%1")
  return text ~= "" and text or nil
end

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function is_format(wanted)
  if quarto and quarto.doc and quarto.doc.is_format then return quarto.doc.is_format(wanted) end
  local is_html = contains({ "html", "html4", "html5", "revealjs", "slidy", "s5", "dzslides", "slideous" }, FORMAT)
  if wanted == "html:js" then return is_html end
  return contains({ "markdown", "gfm", "commonmark", "commonmark_x", "markdown_github", "markdown_strict" }, FORMAT)
end

--- What `_quarto.yml` or the document says under `glassrec:`.
local function settings_of(meta, kwargs)
  local said = meta and meta.glassrec
  local function setting(name)
    return plain(kwargs[name]) or plain(type(said) == "table" and said[name] or nil)
  end
  local site, pictures = setting("site"), setting("pictures")
  if site then site = site:gsub("/*$", "/") end
  local root = quarto and quarto.project and quarto.project.directory
  if pictures and root and not pandoc.path.is_absolute(pictures) then pictures = pandoc.path.join({ root, pictures }) end
  return { site = site, pictures = pictures }
end

local function read_file(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

--- A file of the site, through pandoc.
local function fetch(address)
  local is_here, _, text = pcall(pandoc.mediabag.fetch, address)
  return is_here and text or nil
end

local function decode(text)
  local json = quarto and quarto.json or pandoc.json
  if not json then return nil end
  local is_json, decoded = pcall(json.decode, text)
  return is_json and type(decoded) == "table" and decoded or nil
end

local indexes = {}

--- The index of stored pictures, asked for once: a folder of the author's before the site.
local function index_of(settings)
  local place = settings.pictures or settings.site .. "embed"
  if indexes[place] == nil then
    local text
    if settings.pictures then
      text = read_file(pandoc.path.join({ place, "stored.json" }))
    else
      text = fetch(place .. "/stored.json")
    end
    indexes[place] = text and decode(text) or false
    if not indexes[place] then warn("no stored pictures, for " .. place .. "/stored.json cannot be read; figures are links alone") end
  end
  return indexes[place] or {}
end

local function films(history)
  local ids = {}
  for id in (history or ""):gmatch("%d+") do
    ids[#ids + 1] = id
  end
  return table.concat(ids, ",")
end

--- The stored picture, by all that was said or by what the element takes for granted. Its step may be another.
local function stored_picture(name, said, settings)
  local index, family = index_of(settings), FIGURES[name][3]
  for _, step in ipairs({ said.step or "", "" }) do
    for _, history in ipairs(said.history and { films(said.history) } or { "", HISTORY }) do
      for _, model in ipairs(said.family and { said.family } or { "", family }) do
        local found = index[table.concat({ name, model, history, step }, "|")]
        if found then return found end
      end
    end
  end
  warn("no picture is stored for " .. table.concat({ name, said.family or "", films(said.history), said.step or "" }, "|") .. "; it is a link alone")
end

--- The address of what the figure shows, where no picture brings one.
local function link_of(name, said)
  local page, letter, family = table.unpack(FIGURES[name])
  if page == "results.html" then return page end
  -- Authors count steps from 1.
  local at = tonumber(said.step) and string.format("%d", said.step - 1) or nil
  local pieces = { { "h", films(said.history or HISTORY):gsub(",", ".") }, { "f", said.family or family }, { "x", said.film }, { "t", letter }, { "s", name ~= "masking" and at }, { "p", said.seed and "n" .. said.seed or name == "masking" and at and "c" .. at } }
  local address = page .. "#v2"
  for i = 1, 6 do
    local key, value = pieces[i] and pieces[i][1], pieces[i] and pieces[i][2] or nil
    if value and value ~= "" then address = address .. "&" .. key .. "=" .. value end
  end
  return address
end

--- pandoc before 2.19 makes no folders.
local function make_folder(path)
  if pandoc.system.make_directory then
    pandoc.system.make_directory(path, true)
  else
    os.execute('mkdir -p "' .. path .. '"')
  end
end

--- A file that pandoc can put into a document, fetched where the author has no folder of pictures.
local function file_of(picture, settings)
  local name = picture.png or picture.file
  if settings.pictures then return pandoc.path.join({ settings.pictures, name }) end
  local text = fetch(settings.site .. "embed/" .. name)
  if not text then
    warn(settings.site .. "embed/" .. name .. " cannot be fetched; the figure is a link alone")
    return nil
  end
  local path = pandoc.path.join({ FETCHED, pandoc.path.filename(name) })
  make_folder(FETCHED)
  local file = io.open(path, "wb")
  if not file then
    warn(path .. " cannot be written; the figure is a link alone")
    return nil
  end
  file:write(text)
  file:close()
  return path
end

local function inlines(text)
  local found = pandoc.List()
  for space, word in text:gmatch("(%s*)(%S+)") do
    if space ~= "" then found:insert(pandoc.Space()) end
    found:insert(pandoc.Str(word))
  end
  return found
end

--- The script, once a document. Without Quarto the filter puts it into the head.
local script = nil

local function need_script(settings)
  if script then return end
  script = '<script src="' .. escaped(settings.site .. SCRIPT) .. '" async></script>'
  if quarto then quarto.doc.add_html_dependency({ name = "glassrec-figure", version = "0.3.0", head = script }) end
end

--- As the element is once its script is here, with room for its bar, so that nothing moves when it comes.
local ROOM = "display:block;margin:1.5em 0;padding-bottom:44px"

local function tag_of(name, said, settings)
  local tag = '<glassrec-figure figure="' .. name .. '" site="' .. escaped(settings.site) .. '"'
  for _, attribute in ipairs(ATTRIBUTES) do
    if said[attribute] then tag = tag .. " " .. attribute .. '="' .. escaped(said[attribute]) .. '"' end
  end
  return tag .. ' style="' .. ROOM .. '">'
end

--- The picture as HTML, or a link where there is none.
local function html_picture(picture, address, words, settings)
  local inside = escaped(words)
  if picture then
    inside = string.format('<img src="%s" alt="%s" loading="lazy" width="%d" height="%d" style="display:block;max-width:100%%;height:auto">', escaped(settings.site .. "embed/" .. picture.file), escaped(words), picture.width, picture.height)
    -- Drawn anew for a phone: scaled, its words would be too small to read.
    local narrow = picture.narrow
    if narrow then
      inside = string.format('<picture><source media="(max-width: 560px)" srcset="%s" width="%d" height="%d">%s</picture>', escaped(settings.site .. "embed/" .. narrow.file), narrow.width, narrow.height, inside)
    end
  end
  return '<a href="' .. escaped(address) .. '">' .. inside .. "</a>"
end

local function caption_of(words, address)
  local said = inlines(words)
  said:insert(pandoc.Space())
  said:insert(pandoc.Link(inlines(OPEN), address))
  return pandoc.Para(said)
end

--- Picture, caption and link as any format has them.
local function blocks_of(picture, address, words, settings, caption)
  local is_markdown = is_format("markdown")
  local source = picture and (is_markdown and settings.site .. "embed/" .. picture.file or file_of(picture, settings))
  local blocks = pandoc.List()
  if source then
    local size = is_markdown and {} or { width = "100%" }
    blocks:insert(pandoc.Para({ pandoc.Link({ pandoc.Image(inlines(words), source, "", pandoc.Attr("", {}, size)) }, address) }))
  end
  caption = caption or { picture and caption_of(words, address) or pandoc.Para({ pandoc.Link(inlines(words), address) }) }
  if is_markdown then
    blocks:extend(caption)
  else
    blocks:insert(pandoc.Div(caption, pandoc.Attr("", {}, { ["custom-style"] = "Image Caption" })))
  end
  return blocks
end

--- What is said, as text; what nobody knows is named, and left out.
local function read(name, kwargs)
  local said = {}
  for attribute, value in pairs(kwargs) do
    if contains(ATTRIBUTES, attribute) then
      said[attribute] = plain(value)
    elseif attribute ~= "figure" and attribute ~= "site" and attribute ~= "pictures" then
      warn("the figure " .. tostring(name) .. ' has no attribute "' .. attribute .. '"; there are ' .. table.concat(ATTRIBUTES, ", ") .. " and site")
    end
  end
  return said
end

--- The figure as blocks, as inlines or as text. `caption` are an author's own blocks in place of the claim.
local function figure(args, kwargs, meta, context, caption)
  local name = plain(args[1]) or plain(kwargs.figure)
  local settings = settings_of(meta, kwargs)
  local said = read(name, kwargs)
  if args[2] then warn('"' .. plain(args[2]) .. '" is no attribute: write name=value') end
  if not settings.site then
    warn("where is the site? Write glassrec: site: https://… into _quarto.yml, or site=… into the shortcode")
    return { pandoc.Para({ pandoc.Strong(inlines("?glassrec:" .. tostring(name))) }) }
  end
  local is_known = FIGURES[name] ~= nil
  if not is_known then warn('there is no figure called "' .. tostring(name) .. '"; there are ' .. names(FIGURES)) end
  local picture = is_known and context ~= "text" and stored_picture(name, said, settings) or nil
  local link = picture and picture.link or is_known and link_of(name, said) or "explore.html"
  if link:sub(1, 1) == "#" then link = "explore.html" .. link end
  local address = settings.site .. link
  local words = picture and picture.claim or "Glassrec" .. (is_known and ": " .. name or "")

  if context == "text" then return address end
  if context == "inline" then return { pandoc.Link(inlines(words), address) } end
  if not is_known then return { pandoc.Para({ pandoc.Link(inlines(words), address) }) } end
  if not is_format("html:js") then return blocks_of(picture, address, words, settings, caption) end

  need_script(settings)
  local opened = tag_of(name, said, settings) .. "\n" .. html_picture(picture, address, words, settings)
  if caption then
    local blocks = pandoc.List({ pandoc.RawBlock("html", opened) })
    blocks:extend(caption)
    blocks:insert(pandoc.RawBlock("html", "</glassrec-figure>"))
    return blocks
  end
  local claim = picture and "\n<p>" .. escaped(words) .. ' <a href="' .. escaped(address) .. '">' .. OPEN .. "</a></p>" or ""
  return { pandoc.RawBlock("html", opened .. claim .. "\n</glassrec-figure>") }
end

-- Shortcode and filter share what was fetched.
package.loaded["glassrec.figure"] = { figure = figure, script = function() return script end }
return package.loaded["glassrec.figure"]
