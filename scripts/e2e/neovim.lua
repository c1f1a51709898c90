-- What a person does in Neovim, without one: opens files, looks, chooses, writes. What was seen goes into a JSON file, which
-- neovim.mjs judges. Nothing here knows what is right.
local seen = {}

local function wait(what, test)
  if not vim.wait(20000, test, 50) then
    error('not in time: ' .. what)
  end
end

local function open(name)
  vim.cmd.edit(name)
  wait('the server at ' .. name, function()
    return #vim.lsp.get_clients({ bufnr = 0, name = 'slimscope' }) > 0
  end)
end

-- Puts the cursor on `text` in the first line that holds `line`.
local function go_to(line, text)
  for number, content in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local start = content:find(line, 1, true)
    if start then
      vim.api.nvim_win_set_cursor(0, { number, content:find(text, start, true) - 1 })
      return
    end
  end
  error('no line with ' .. line)
end

local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    end
  end
end

local function look()
  open('old_contrib.py')
  wait('problems', function()
    return #vim.diagnostic.get(0) > 0
  end)
  seen.problems = vim.tbl_map(function(one)
    return one.code .. ': ' .. one.message
  end, vim.diagnostic.get(0))

  open('inception_block.py')
  go_to('wide = slim.conv2d(wide, 64', 'conv2d')
  vim.lsp.buf.hover()
  wait('the hover', floating_text)
  seen.hover = floating_text()
  vim.cmd('fclose!')

  vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
  wait('inlay hints', function()
    return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0
  end)
  seen.hints = vim.tbl_map(function(hint)
    local parts = vim.tbl_map(function(part)
      return part.value
    end, hint.inlay_hint.label)
    return (hint.inlay_hint.position.line + 1) .. ': ' .. table.concat(parts)
  end, vim.lsp.inlay_hint.get({ bufnr = 0 }))

  vim.lsp.codelens.refresh({ bufnr = 0 })
  wait('code lenses', function()
    local lenses = vim.lsp.codelens.get(0)
    return #lenses > 0 and vim.iter(lenses):all(function(lens)
      return lens.command ~= nil
    end)
  end)
  seen.lenses = vim.iter(vim.lsp.codelens.get(0)):map(function(lens)
    return lens.command and lens.command.title
  end):totable()

  vim.lsp.buf.document_symbol({
    on_list = function(list)
      seen.symbols = vim.tbl_map(function(item)
        return item.text
      end, list.items)
    end,
  })
  wait('symbols', function()
    return seen.symbols ~= nil
  end)

  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('^Convert to') ~= nil
    end,
  })
  wait('the conversion', function()
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find('tf.keras.layers.Conv2D(', 1, true)
  end)
  vim.cmd.write()
end

local ok, problem = pcall(look)
if not ok then
  seen.problem = tostring(problem)
end
vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SLIMSCOPE_SEEN)
vim.cmd('qall!')
