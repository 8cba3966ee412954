//! Both listeners, as a browser, a stranger's page and an operator's machines ask them.
