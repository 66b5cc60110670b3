-- {{< glassrec denoising family=diffrec history="1214,541,2571" step=3 >}}

local parts = package.loaded["glassrec.figure"] or dofile(quarto.utils.resolve_path("figure.lua"))

return {
  glassrec = function(args, kwargs, meta, _, context)
    -- Quarto before 1.4 does not tell what is around a shortcode.
    return parts.figure(args, kwargs, meta, context or "block")
  end,
}
