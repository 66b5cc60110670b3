-- ::: {.glassrec figure=denoising family=diffrec step=3}
-- A caption of your own.
-- :::
--
-- The same figure as the shortcode's, with the author's words under it. It works in pandoc without Quarto as well:
-- pandoc --lua-filter _extensions/glassrec/glassrec-filter.lua

local function beside(name)
  if quarto and quarto.utils and quarto.utils.resolve_path then return quarto.utils.resolve_path(name) end
  return pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), name })
end

local parts = package.loaded["glassrec.figure"] or dofile(beside("figure.lua"))
local meta = {}

local function remember(it)
  meta = it
end

local function figure(div)
  if not div.classes:includes("glassrec") then return nil end
  local said = {}
  for name, value in pairs(div.attributes) do
    said[name] = value
  end
  local caption = #div.content > 0 and div.content or nil
  return parts.figure({}, said, meta, "block", caption)
end

--- Quarto puts the script into the head by itself.
local function add_script(document)
  if quarto or not parts.script() then return nil end
  local head = document.meta["header-includes"]
  local all = pandoc.List()
  if head then all:extend(pandoc.utils.type(head) == "List" and head or { head }) end
  all:insert(pandoc.MetaBlocks({ pandoc.RawBlock("html", parts.script()) }))
  document.meta["header-includes"] = all
  return document
end

return { { Meta = remember }, { Div = figure }, { Pandoc = add_script } }
