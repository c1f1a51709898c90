"""Where the values of arg_scopes come from.

The real arg_scope does all the work; each manager that it makes is put into one of ours, which notes beside the keywords
of every op which entry of which `arg_scope(...)` set them. The keywords stay a dictionary, so that scopes can be saved,
copied and merged by user code as ever: what is changed by hand has no known origin.
"""
import contextlib


class Keywords(dict):
    """The keywords of one op in a scope, and the entry that set each."""

    def __init__(self, values, origins):
        super(Keywords, self).__init__(values)
        self.origins = origins

    def copy(self):
        return Keywords(self, dict(self.origins))

    def __setitem__(self, name, value):
        super(Keywords, self).__setitem__(name, value)
        self.origins.pop(name, None)

    def update(self, *args, **kwargs):
        super(Keywords, self).update(*args, **kwargs)
        for name in dict(*args, **kwargs):
            self.origins.pop(name, None)


class Entry(object):
    """One entered arg_scope: the `arg_scope(...)` call, and whether it brought a saved dictionary back."""

    def __init__(self, site, is_reentry, scope):
        self.site = site
        self.is_reentry = is_reentry
        self.scope = scope


class Scopes(object):
    """The arg_scopes of one library, from the time when its module was patched."""

    def __init__(self, module, workspace):
        self._module = module
        self._real = module.arg_scope
        self._workspace = workspace
        self._entries = {}

    def arg_scope(self, caller, listed, keywords):
        frame = self._workspace.user_frame(caller)
        site = self._workspace.site(frame) if frame is not None else None
        return _Manager(self, site, listed, keywords)

    def current(self, op):
        """The keywords that are in force for a decorated function."""
        return self._module.current_arg_scope().get(self._module.arg_scope_func_key(op), {})

    def enter(self, site, listed, keywords):
        manager = self._real(listed, **keywords)
        scope = manager.__enter__()
        entry = Entry(site, isinstance(listed, dict), scope)
        if not entry.is_reentry:
            for op in listed:
                key = self._module.arg_scope_func_key(op)
                origins = dict(getattr(scope[key], 'origins', {}))
                origins.update((name, entry) for name in keywords)
                scope[key] = Keywords(scope[key], origins)
        self._entries[id(scope)] = entry
        return manager, scope

    def _active(self):
        """The entries that are in force, outermost first. Some are never left: they end when their manager is freed."""
        entries = [self._entries.get(id(scope)) for scope in self._module._get_arg_stack()]
        return [entry for entry in entries if entry is not None]

    def origin(self, op, name):
        """Where a keyword that is in force was set, for the record; None when user code set it by hand."""
        entry = getattr(self.current(op), 'origins', {}).get(name)
        if entry is None or entry.site is None:
            return None
        origin = entry.site.to_json()
        if name in entry.site.keywords:
            origin['kwLine'], origin['kwCol'] = entry.site.keywords[name]
        active = self._active()
        if entry not in active:
            brought = [one for one in active if one.is_reentry and one.site is not None]
            if brought:
                origin['reentered'] = {'path': brought[-1].site.path, 'line': brought[-1].site.line}
        return origin


class _Manager(contextlib.ContextDecorator):
    """What `arg_scope(...)` returns: used once in a `with`, or once for each call of a decorated function."""

    def __init__(self, scopes, site, listed, keywords):
        self._made = (scopes, site, listed, keywords)

    def _recreate_cm(self):
        return _Manager(*self._made)

    def __enter__(self):
        scopes, site, listed, keywords = self._made
        self._manager, scope = scopes.enter(site, listed, keywords)
        return scope

    def __exit__(self, *error):
        return self._manager.__exit__(*error)
