import QtQuick
import hyperspot.components

// What can be done with a file; one menu for all lines.
PopupMenu {
    id: root

    property string fileId: ""
    property string name: ""
    property string path: ""
    property string reason: ""
    property bool canRetry: false
    property bool found: false

    signal openWanted
    signal folderWanted
    signal retryWanted
    signal copyWanted
    signal searchWanted

    function showFor(line: FileLine): void {
        fileId = line.fileId;
        name = line.name;
        path = line.path;
        reason = line.reason;
        canRetry = line.canRetry;
        found = line.passagesText !== "—";
        parent = line;
        x = line.width - width - 8;
        y = line.height - 8;
        open();
    }

    PopupItem {
        iconName: "external-link"
        text: qsTr("Open")
        hint: "Enter"
        onTriggered: root.openWanted()
    }
    PopupItem {
        iconName: "folder-open"
        text: qsTr("Show in its folder")
        onTriggered: root.folderWanted()
    }
    PopupItem {
        iconName: "text-search"
        text: qsTr("Search in this file")
        enabled: root.found
        onTriggered: root.searchWanted()
    }
    PopupItem {
        iconName: "refresh-cw"
        text: qsTr("Try again")
        enabled: root.canRetry
        onTriggered: root.retryWanted()
    }
    PopupItem {
        iconName: "copy"
        text: qsTr("Copy the reason")
        enabled: root.reason !== ""
        onTriggered: root.copyWanted()
    }
}
