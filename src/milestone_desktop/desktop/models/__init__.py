"""What tables show: columns as data, over flat lists of ids."""
